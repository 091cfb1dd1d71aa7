// Keeps what is new in sight: at the end, but never so far that the start of the newest message leaves the view. A reader who scrolled away is left alone.
export class Follow {
  #view;
  #log;
  #jump;
  #target = 0;
  #follows = true;

  constructor(view, log, jump) {
    this.#view = view;
    this.#log = log;
    this.#jump = jump;
    view.addEventListener("scroll", () => {
      const fromEnd = view.scrollHeight - view.clientHeight - view.scrollTop;
      this.#follows = fromEnd < 80 || Math.abs(view.scrollTop - this.#target) < 4;
      if (this.#follows) jump.hidden = true;
    }, { passive: true });
    jump.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.grown()).observe(view);
  }

  toEnd() {
    this.#follows = true;
    this.#jump.hidden = true;
    const last = [...this.#log.querySelectorAll(":scope > .thread")].at(-1);
    this.#anchor = [...last?.querySelectorAll(".message.human") ?? []].at(-1) ?? last;
    this.#scroll();
  }

  added(node) {
    if (this.#follows) {
      const thread = node.closest(".thread");
      this.#anchor = [...thread?.querySelectorAll(".message.human") ?? []].at(-1) ?? node;
      this.#scroll();
    } else {
      this.#jump.hidden = node.getBoundingClientRect().top < this.#view.getBoundingClientRect().bottom;
    }
  }

  grown() {
    if (this.#follows) this.#scroll();
  }

  #anchor;

  #scroll() {
    const end = this.#view.scrollHeight - this.#view.clientHeight;
    const top = this.#anchor?.isConnected ? this.#view.scrollTop + this.#anchor.getBoundingClientRect().top - this.#view.getBoundingClientRect().top - 20 : end;
    this.#target = Math.max(0, Math.min(end, top));
    this.#view.scrollTop = this.#target;
  }
}

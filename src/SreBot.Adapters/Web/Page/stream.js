// One channel's events. The browser reconnects by itself and resumes by the last event id; when it has given up, this opens a new one.
export class Stream {
  #source;
  #timer;
  #closed = false;

  constructor(channel, revision, handlers) {
    this.channel = channel;
    this.revision = revision;
    this.handlers = handlers;
    this.#open();
  }

  #open() {
    const source = this.#source = new EventSource(`/console/stream?channel=${encodeURIComponent(this.channel)}&after=${this.revision}`);
    source.addEventListener("open", () => this.handlers.state("live"));
    source.addEventListener("message", event => {
      this.revision = Math.max(this.revision, Number(event.lastEventId));
      this.handlers.message(JSON.parse(event.data));
    });
    source.addEventListener("progress", event => this.handlers.progress(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      this.handlers.state("lost");
      if (source.readyState !== EventSource.CLOSED || this.#closed) return;
      this.#timer = setTimeout(async () => {
        if (await this.handlers.mayReopen() && !this.#closed) this.#open();
      }, 2000);
    });
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#source.close();
  }
}

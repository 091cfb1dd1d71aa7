// Message times are the reader's own; charts and answers speak UTC and say so.
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clock = iso => time.format(new Date(iso));

export const exact = iso => `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;

export const dayKey = iso => new Date(iso).toDateString();

export const dayName = iso => {
  const now = new Date();
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  const key = dayKey(iso);
  return key === now.toDateString() ? "Today" : key === yesterday.toDateString() ? "Yesterday" : day.format(new Date(iso));
};

import "./calendar.personal.js";

export { CalendarLink } from "./calendar.link.js";
export { calendarOf } from "./calendar.feed.js";

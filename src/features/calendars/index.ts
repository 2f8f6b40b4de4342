import "./calendar.personal.js";

export { CalendarLink } from "./calendar.link.js";
export { calendarOf, calendarTimes, zoneBlock } from "./calendar.feed.js";

export { announcementTopic, listedAnnouncements } from "./announcement.changes.js";
export { Announcement } from "./announcement.js";
export { announcementShape } from "./announcement.shape.js";

import { seen } from "../../platform/reading/read.js";
import { Event, toFollower } from "../events/index.js";
import { letter } from "../letters/index.js";
import { Announcement } from "./announcement.js";
import { announcementShape } from "./announcement.shape.js";

/** An announcement, to those who follow its event; one that was removed meanwhile is not sent. */
export const announcementLetter = letter<{ announcementId: string }>(
  "announcement",
  async (ctx, { personId }, { announcementId }) => {
    const announcement = await ctx.db.findOneBy(Announcement, { id: announcementId });
    const { table, visible } = announcementShape;
    if (!announcement || (await seen(ctx, table, [announcementId], visible)).size === 0) return null;
    const { subject, text, eventId } = announcement;
    const { title } = await ctx.db.findOneByOrFail(Event, { id: eventId });
    const words = `To those who follow ${title}:\n\n${text}`;
    return { about: eventId, subject, text: await toFollower(ctx, personId, eventId, words) };
  },
);

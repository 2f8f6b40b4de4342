import { registerEnumType } from "type-graphql";

export enum EventImportFormat {
  CROWD_COUNTS = "CROWD_COUNTS",
  CLOCK_TIMES = "CLOCK_TIMES",
}

export enum ImportStatus {
  AWAITING_FILE = "AWAITING_FILE",
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  FAILED = "FAILED",
}

registerEnumType(EventImportFormat, {
  name: "EventImportFormat",
  description:
    "The columns of the file, all of them and no others, in any order. What is not said to be kept is not imported; sizes are never turnout.",
  valuesConfig: {
    CROWD_COUNTS: {
      description:
        "As the Crowd Counting Consortium publishes: id, date, locality, state, county, fips, lat, lng, time_zone, venue, title, types, organizations, participants, issues, online, size_low, size_high, size_text, source_count. `id` tells one event from another. `date` is the day; the time is to be announced. The city is found by `locality` and `state`, and by `lat` and `lng`, which are the city's and are not kept. `time_zone` is the city's where it is empty. `venue` is kept. `title` is made of the type and the city where it is empty. The first of the `types` (a list joined with semicolons) that is known counts. A row whose `online` is 1 is rejected. `organizations` are not made hosts: a name shows only with their consent.",
    },
    CLOCK_TIMES: {
      description:
        "Day and local time: state, date, local_time, raw_time, address, lat, lng, time_zone, permit. The state, the date and the address tell one event from another. `local_time` (HH:MM) is in `time_zone`; where it is empty the time is to be announced. `lat` and `lng` are the place's and are kept. The city is the largest one near it that the address names, else the nearest. `permit` is 1 where there is one. The type is DEMONSTRATION, the title is made of it and the city.",
    },
  },
});

registerEnumType(ImportStatus, {
  name: "ImportStatus",
  description: "Where an import stands.",
  valuesConfig: {
    AWAITING_FILE: { description: "Put the file to `uploadUrl`; without one, the import is forgotten after a day." },
    QUEUED: { description: "The file is here; the work begins soon." },
    RUNNING: { description: "`done` rises to `rows`." },
    DONE: { description: "Every row is accepted, unchanged or rejected." },
    FAILED: {
      description: "It ended before its last row, as `failure` says; what was accepted until then stays.",
    },
  },
});

/**
 * What the file says, worked out by itself: it reads the file by its own means and shares nothing with what loads it, so that
 * one mistake cannot be made on both sides.
 */
export interface Truth {
  reports: number;
  lowest: number | null;
  highest: number | null;
  median: number | null;
  /** The lower middle of each collector's last size: all collectors weigh the same here. */
  current: number | null;
}

interface Day {
  rows: number;
  all: number[];
  last: Map<string, number>;
}

/** By city-day: the date, the locality and the state, with a bar between. */
export function truthOf(csv: string): Map<string, Truth> {
  const [header, ...lines] = csv.trim().split("\n").map(cells);
  const at = (name: string): number => header!.indexOf(name);
  const [date, locality, state, reporter, size] = ["date", "locality", "state", "reporter", "size"].map(at);
  const days = new Map<string, Day>();
  for (const line of lines) {
    const key = `${line[date!]}|${line[locality!]}|${line[state!]}`;
    const day: Day = days.get(key) ?? { all: [], last: new Map(), rows: 0 };
    days.set(key, day);
    day.rows++;
    if (line[size!] === "") continue;
    day.all.push(Number(line[size!]));
    day.last.set(line[reporter!]!, Number(line[size!]));
  }
  return new Map([...days].map(([key, day]) => [key, ofDay(day.all, [...day.last.values()], day.rows)]));
}

function ofDay(all: number[], last: number[], reports: number): Truth {
  if (all.length === 0) return { reports, lowest: null, highest: null, median: null, current: null };
  const ranked = [...all].sort((one, other) => one - other);
  const [lower, upper] = [ranked[(ranked.length - 1) >> 1]!, ranked[ranked.length >> 1]!];
  return {
    reports,
    lowest: ranked[0]!,
    highest: ranked[ranked.length - 1]!,
    median: (lower + upper) / 2,
    current: [...last].sort((one, other) => one - other)[(last.length - 1) >> 1]!,
  };
}

/** The cells of a line; a comma in quotes is text, two quotes there are one. */
function cells(line: string): string[] {
  const found: string[] = [];
  for (const [, quoted, plain] of `${line.replace(/\r$/, "")},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,"]*)),/g))
    found.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
  return found;
}

/** The middle of some figures: one odd round doesn't move it. */
export function median(figures: number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

const text = (value: number | string): string => (typeof value === "string" ? value : value.toFixed(2));

/** Prints figures with their names in a column. */
export function print(title: string, figures: Record<string, number | string>): void {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  console.log(`\n${title}`);
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(width)}  ${text(value)}`);
}

/** Prints a figure next to what is required of it. */
export function judge(name: string, value: number, required: { least?: number; most?: number; unit?: string }): void {
  const { least = -Infinity, most = Infinity, unit = "" } = required;
  const met = value >= least && value <= most ? "met" : "MISSED";
  const bound = Number.isFinite(least) ? `at least ${least}` : `at most ${most}`;
  console.log(`  ${name}: ${text(value)}${unit} (required: ${bound}${unit}; ${met})`);
}

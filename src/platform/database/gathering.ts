interface Waiting<Call, Result> {
  call: Call;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** What came of one call: its result, or why there is none. */
export type Outcome<Result> = { result: Result } | { error: unknown };

export interface Options<Call> {
  /** Equal for calls of which the second is to be done after the first; null: with any other. */
  apart?: (call: Call) => string | null;
  /** Whether an error has left nothing behind: then its calls are tried one by one, and nobody pays for another's fault. */
  alone?: (error: unknown) => boolean;
}

const atMost = 100;
/** What waits so long for a lock is not to hold up all others: the next ones begin beside it, in so many gatherings. */
const patienceMs = 250;
const atOnce = 4;

/** Calls that are done together: the first at once, and while some are under way the next ones gather. */
export class Gathering<Call, Result> {
  #waiting: Waiting<Call, Result>[] = [];
  #underWay = 0;
  #open = true;

  constructor(
    private readonly work: (calls: Call[]) => Promise<Outcome<Result>[]>,
    private readonly options: Options<Call> = {},
  ) {}

  add(call: Call): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      this.#begin();
    });
  }

  #begin(): void {
    if (!this.#open || this.#underWay >= atOnce || this.#waiting.length === 0) return;
    this.#open = false;
    this.#underWay++;
    // What this turn of the event loop still brings comes along.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    const patience = setTimeout(() => this.#next(), patienceMs);
    const taken = this.#take();
    if (taken.length > 0) await this.#settle(taken);
    clearTimeout(patience);
    this.#underWay--;
    this.#next();
  }

  #next(): void {
    this.#open = true;
    this.#begin();
  }

  #take(): Waiting<Call, Result>[] {
    const marks = new Set<string>();
    const [taken, left]: [Waiting<Call, Result>[], Waiting<Call, Result>[]] = [[], []];
    for (const waiting of this.#waiting) {
      const mark = this.options.apart?.(waiting.call) ?? null;
      if (taken.length === atMost || (mark !== null && marks.has(mark))) left.push(waiting);
      else taken.push(waiting);
      if (mark !== null) marks.add(mark);
    }
    this.#waiting = left;
    return taken;
  }

  async #settle(taken: Waiting<Call, Result>[]): Promise<void> {
    try {
      const outcomes = await this.work(taken.map(({ call }) => call));
      taken.forEach(({ resolve, reject }, n) => {
        const outcome = outcomes[n]!;
        if ("result" in outcome) resolve(outcome.result);
        else reject(outcome.error);
      });
    } catch (error) {
      if (taken.length > 1 && this.options.alone?.(error)) for (const one of taken) await this.#settle([one]);
      else for (const { reject } of taken) reject(error);
    }
  }
}

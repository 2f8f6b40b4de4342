/** Time as it passes. */
export interface Ticker {
  now(): number;
  /** Calls once the time has passed, unless the returned function is called before. */
  after(ms: number, call: () => void): () => void;
}

export const realTicker: Ticker = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Keeps what happens again and again apart in time. */
export class Pace {
  #next = -Infinity;
  #stop: () => void = () => undefined;

  constructor(
    private readonly everyMs: number,
    private readonly ticker: Ticker,
  ) {}

  /** It happens now. */
  use(): void {
    this.#next = this.ticker.now() + this.everyMs;
  }

  /** Resolves when it may happen again, or won't because of `stop`. */
  async turn(): Promise<void> {
    const left = (): number => this.#next - this.ticker.now();
    // Timers may be early by a fraction of a millisecond.
    while (left() > 0) await this.#wait(left());
  }

  stop(): void {
    this.#next = -Infinity;
    this.#stop();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.ticker.after(Math.ceil(ms), resolve);
      this.#stop = () => {
        cancel();
        resolve();
      };
    });
  }
}

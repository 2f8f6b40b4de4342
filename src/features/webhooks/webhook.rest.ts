/** A rest that ends with time, or when there is something to do. */
export class Rest {
  #rise: () => void = () => undefined;
  #woken = false;

  wake(): void {
    this.#woken = true;
    this.#rise();
  }

  /** At once, when there was a call to wake since the last rest. */
  async for(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.#woken)
      await new Promise<void>((resolve) => {
        this.#rise = resolve;
        timer = setTimeout(resolve, ms);
      });
    clearTimeout(timer);
    this.#woken = false;
  }
}

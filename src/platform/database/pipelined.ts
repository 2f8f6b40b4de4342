/**
 * What comes of statements of one transaction that were sent together: PostgreSQL does them one after the other, in the order
 * in which they were begun. Waits for each of them, also after one has failed, so that none is sent when the transaction is over.
 */
export async function pipelined<Results extends readonly unknown[]>(statements: {
  [N in keyof Results]: Promise<Results[N]>;
}): Promise<Results> {
  const outcomes = await Promise.allSettled(statements);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}

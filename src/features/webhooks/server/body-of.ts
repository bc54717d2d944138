/** The body of an event: the same bytes at each try. */
export const bodyOf = (event: {
  readonly type: string;
  readonly at: Date;
  readonly data: object;
}): string =>
  JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data: event.data });

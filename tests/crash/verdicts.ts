/** Collects what held and what did not; the closing line is what counts the level. */
export interface Verdicts {
  /** @param wrong examples of what should not be; none is a pass */
  none(claim: string, wrong: readonly string[]): void;
  holds(claim: string, isSo: boolean, detail?: string): void;
  /** Prints the closing line. @returns whether all held */
  close(): boolean;
}

export const openVerdicts = (): Verdicts => {
  let passed = 0;
  let failed = 0;
  const holds = (claim: string, isSo: boolean, detail = ''): void => {
    if (isSo) {
      passed += 1;
    } else {
      failed += 1;
    }
    console.log(`${isSo ? 'ok    ' : 'FAILED'} ${claim}${detail === '' ? '' : `: ${detail}`}`);
  };
  return {
    holds,
    none: (claim, wrong) =>
      holds(
        claim,
        wrong.length === 0,
        wrong.length === 0 ? '' : `${wrong.length}, e.g. ${wrong.slice(0, 5).join(' | ')}`,
      ),
    close: () => {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
};

import type { Identity } from '../../people/contract.ts';

/** As the server decides it: each side keeps an identity, and what goes can be written to. */
export const isSplit = (identities: readonly Identity[], chosen: ReadonlySet<string>): boolean => {
  const goes = identities.filter(({ id }) => chosen.has(id));
  return (
    goes.length < identities.length &&
    goes.some(({ kind, isFormer }) => !isFormer && (kind === 'phone' || kind === 'bsuid'))
  );
};

/** The contact that a merge used up and that all of these, and only these, came from. */
export const goesBackTo = (
  identities: readonly Identity[],
  chosen: ReadonlySet<string>,
): Identity['cameFrom'] => {
  const goes = identities.filter(({ id }) => chosen.has(id));
  const origin = goes[0]?.cameFrom ?? null;
  const isIt = ({ cameFrom }: Identity) => cameFrom?.id === origin?.id;
  const isAll = goes.every(isIt) && !identities.some((each) => !chosen.has(each.id) && isIt(each));
  return origin !== null && isAll ? origin : null;
};

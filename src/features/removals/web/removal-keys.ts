/** All under `removals`: a live event about any request reads them again. */
export const removalKeys = { all: ['removals'] as const };

/** All under `removals`: a live event about any request reads them again, a gap forgets what no screen shows. */
export const removalKeys = { all: ['removals'] as const };

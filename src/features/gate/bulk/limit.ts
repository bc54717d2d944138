/** How many contacts one request names; whoever has more asks again. */
export const bulkLimit = 500;

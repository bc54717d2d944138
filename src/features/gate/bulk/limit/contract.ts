/** How many contacts one request names; whoever has more asks again. Apart from the schemas: screens need it too. */
export const bulkLimit = 500;

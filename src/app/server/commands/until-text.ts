import type { ResetLink } from '#features/accounts/server/index.ts';

/** How long a link is good, in a line to print. */
export const untilText = ({ expiresAt }: ResetLink): string =>
  `works once, until ${new Date(expiresAt).toLocaleTimeString('pt-BR', { timeStyle: 'short' })}`;

import { randomBytes, randomInt } from 'node:crypto';

const pattern = /^grt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/;
const prefixLetters = 'abcdefghijkmnpqrstuvwxyz23456789';
// Without the letters and digits that people mix up when they type from a terminal.
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const pick = (letters: string, length: number): string =>
  Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');

/** `grt_<prefix>_<secret>`: the prefix tells keys apart on the screen, the secret has 256 bits. */
export const newApiKeyText = (): { readonly key: string; readonly prefix: string } => {
  const prefix = `grt_${pick(prefixLetters, 8)}`;
  return { key: `${prefix}_${randomBytes(32).toString('base64url')}`, prefix };
};

export const looksLikeApiKey = (text: string): boolean => pattern.test(text);

/** Four groups of four: 80 bits, typed once by a person. */
export const newSetupCode = (): string =>
  Array.from({ length: 4 }, () => pick(codeLetters, 4)).join('-');

/** The code as it is hashed: small letters, missing dashes and spaces around do not matter. */
export const normalizeSetupCode = (typed: string): string =>
  typed.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Whose word a reset link is: one workspace's administrator's, or that of whoever has the server's shell. */
export type ResetScope = 'workspace' | 'installation';

const installationMark = 'servidor-';

export const newResetToken = (scope: ResetScope): string =>
  `${scope === 'installation' ? installationMark : ''}${randomBytes(32).toString('base64url')}`;

/** Part of what is hashed: a token with another mark is another token. */
export const resetScopeOf = (token: string): ResetScope =>
  token.startsWith(installationMark) ? 'installation' : 'workspace';

import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** scrypt with a salt, as better-auth checks it. Takes long on purpose: never call it inside a transaction. */
export { hashPassword };

export const isPasswordOf = (storedHash: string, password: string): Promise<boolean> =>
  verifyPassword({ hash: storedHash, password });

import type { Keyed } from '#platform/server/keyed-hash.ts';

/** Whose secrets they are: part of the seal, so that a row that was moved opens nothing. */
interface Owner {
  readonly workspaceId: string;
  readonly channelId: string;
}

export interface AccountSecrets {
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

const placeOf = ({ workspaceId, channelId }: Owner, name: keyof AccountSecrets): string =>
  `whatsapp_account/${workspaceId}/${channelId}/${name}`;

/** As they are stored (decision 0025). */
export const sealSecret = (
  keyed: Keyed,
  owner: Owner,
  name: keyof AccountSecrets,
  text: string,
): string => keyed.seal('channel-secret', text, placeOf(owner, name));

export const sealSecrets = (
  keyed: Keyed,
  owner: Owner,
  secrets: AccountSecrets,
): AccountSecrets => ({
  accessToken: sealSecret(keyed, owner, 'accessToken', secrets.accessToken),
  appSecret: sealSecret(keyed, owner, 'appSecret', secrets.appSecret),
  verifyToken: sealSecret(keyed, owner, 'verifyToken', secrets.verifyToken),
});

/** Undefined when one of them does not open here: another secret of the installation, another row's, or damaged. */
export const openSecrets = <A extends Owner & AccountSecrets>(
  keyed: Keyed,
  stored: A,
): A | undefined => {
  const open = (name: keyof AccountSecrets): string | undefined =>
    keyed.unseal('channel-secret', stored[name], placeOf(stored, name));
  const [accessToken, appSecret, verifyToken] = [
    open('accessToken'),
    open('appSecret'),
    open('verifyToken'),
  ];
  return accessToken === undefined || appSecret === undefined || verifyToken === undefined
    ? undefined
    : { ...stored, accessToken, appSecret, verifyToken };
};

import { randomBytes } from 'node:crypto';
import type { Keyed } from '#platform/server/keyed-hash.ts';

/** Whose secret it is: part of the seal, so that one that was moved to another row opens nothing. */
interface Owner {
  readonly workspaceId: string;
  readonly endpointId: string;
}

const placeOf = ({ workspaceId, endpointId }: Owner): string =>
  `webhook_endpoint/${workspaceId}/${endpointId}/secret`;

/** As Standard Webhooks writes them: 256 bits. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** As it is stored. */
export const sealSecret = (keyed: Keyed, owner: Owner, secret: string): string =>
  keyed.seal('webhook-secret', secret, placeOf(owner));

/** Undefined when it does not open here: another secret of the installation, another row's, or damaged. */
export const openSecret = (keyed: Keyed, owner: Owner, sealed: string): string | undefined =>
  keyed.unseal('webhook-secret', sealed, placeOf(owner));

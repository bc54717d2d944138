import { isIP } from 'node:net';
import { baseUrl } from '#features/accounts/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { isPrivateAddress } from '#platform/server/private-address.ts';
import type { WhatsAppNumbers } from '../contract.ts';

const homeNames = /(^localhost$|\.(localhost|local|internal|lan|home|test|invalid)$)/i;

const isPublicName = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? bare.includes('.') && !homeNames.test(bare) : !isPrivateAddress(bare);
};

/** Where WhatsApp is to deliver, and what stands in its way. The name is only looked at: only Meta can tell if it gets there. */
export const webhookAddress = (
  config: Pick<Config, 'publicUrl' | 'port'>,
): WhatsAppNumbers['webhook'] => {
  const url = `${baseUrl(config)}/webhooks/whatsapp`;
  if (config.publicUrl === undefined) {
    return { url, problem: 'no-address' };
  }
  const { protocol, hostname } = new URL(url);
  if (!isPublicName(hostname)) {
    return { url, problem: 'not-public' };
  }
  return { url, problem: protocol === 'https:' ? null : 'not-https' };
};

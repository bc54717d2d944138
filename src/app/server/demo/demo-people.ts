import { demoAppSecret } from '#channels/whatsapp/server/index.ts';
import type { Role } from '#platform/shared/role.ts';
import type { Colleague } from './talk.ts';

export interface DemoPerson {
  readonly key: Colleague;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Known to everybody who reads this: never in an installation that was not asked for a demonstration. */
export const demoPassword = 'guarita-demo';

const person = (key: Colleague, name: string, role: Role): DemoPerson => ({
  key,
  name,
  role,
  email: `${key}@demo.guarita.example`,
});

export const demoPeople: readonly DemoPerson[] = [
  person('admin', 'Helena Prado', 'administrator'),
  person('moderacao', 'Renato Figueiredo', 'moderator'),
  person('atendente1', 'Larissa Monteiro', 'agent'),
  person('atendente2', 'Diego Nascimento', 'agent'),
];

export const demoShop = 'Casa Jardim';

/** The business number that the simulator has from the start. */
export const demoNumber = {
  name: 'Casa Jardim',
  displayNumber: '5511900000000',
  phoneNumberId: '100000000000001',
  wabaId: '200000000000001',
  appSecret: demoAppSecret,
  verifyToken: 'demo-verify-token',
  accessToken: 'demo-access-token',
} as const;

import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { roleSchema } from '#platform/shared/role.ts';

export const localeSchema = z.enum(['pt-BR', 'en', 'es']);
export type Locale = z.infer<typeof localeSchema>;

export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((name) => !name.includes('\0'), { message: 'holds a character that cannot be stored' });
export const emailSchema = z.email().max(254);
export const passwordSchema = z.string().min(10).max(128);

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(128),
});
export const signedInSchema = z.object({ id: z.string(), name: z.string(), email: z.string() });

/** Every right that a route or a live event may ask for (server/permissions.ts). */
export const rights = [
  'conversation.read',
  'conversation.answer',
  'contact.read',
  'contact.edit',
  'block.request',
  'block.see-details',
  'block.manage',
  'block.decide',
  'contact.merge',
  'contact.erase',
  'conflict.read',
  'member.see',
  'member.manage',
  'settings.manage',
  'channel.manage',
  'api-key.manage',
  'audit.read',
  'webhook.manage',
  'removal.ask',
  'removal.review',
  'report.read',
  'help-answer.give',
  'help-answer.read',
] as const;
export type Right = (typeof rights)[number];

/** What a key may be given, in words that tell it (server/permissions.ts: which rights each stands for). */
export const scopes = [
  'conversations:read',
  'conversations:write',
  'contacts:read',
  'contacts:write',
  'blocks:read',
  'blocks:write',
  'requests:write',
  'requests:decide',
  'team:read',
  'team:write',
  'channels:write',
  'settings:write',
  'keys:write',
  'webhooks:write',
  'audit:read',
  'removals:write',
  'removals:decide',
  'reports:read',
] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = (typeof scopes)[number];

export const memberSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

export const createdMemberSchema = memberSchema
  .extend({
    /** The person is known from another workspace and keeps that password: the one typed here is not used. */
    keepsPassword: z.boolean(),
  })
  .meta({ id: 'CreatedMember' });
export type CreatedMember = z.infer<typeof createdMemberSchema>;

export const updatedMemberSchema = memberSchema
  .extend({
    /** How many API keys ended that the person had made: they could do more than the new role. */
    revokedKeys: z.int().min(0),
  })
  .meta({ id: 'UpdatedMember' });
export type UpdatedMember = z.infer<typeof updatedMemberSchema>;

/** What the screens know of colleagues: enough to assign and to name an author. */
export const colleagueSchema = z
  .object({ id: idSchema, name: z.string(), role: roleSchema })
  .meta({ id: 'Colleague' });
export type Colleague = z.infer<typeof colleagueSchema>;

export const meSchema = z
  .object({
    memberId: idSchema.nullable(),
    name: z.string(),
    email: z.string().nullable(),
    role: roleSchema,
    rights: z.array(z.enum(rights)),
    /** The person's own language; null follows the workspace. */
    locale: localeSchema.nullable(),
    workspace: z.object({
      id: idSchema,
      name: z.string(),
      timeZone: z.string(),
      locale: localeSchema,
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const updateProfileSchema = z.object({
  name: nameSchema.optional(),
  locale: localeSchema.nullable().optional(),
});

export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1).max(128),
  newPassword: passwordSchema,
});

export const createMemberSchema = z.object({
  name: nameSchema,
  email: emailSchema,
  role: roleSchema,
  password: passwordSchema,
});

export const updateMemberSchema = z.object({
  name: nameSchema.optional(),
  role: roleSchema.optional(),
});

/** A link that lets a person choose a new password, made by an administrator or the command line. */
export const resetLinkSchema = z.object({ url: z.string(), expiresAt: z.iso.datetime() });

export const resetPasswordSchema = z.object({
  token: z.string().min(1).max(200),
  newPassword: passwordSchema,
});

const isTimeZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};

export const updateWorkspaceSchema = z.object({
  name: nameSchema.optional(),
  timeZone: z.string().max(64).refine(isTimeZone, { message: 'unknown time zone' }).optional(),
  locale: localeSchema.optional(),
});

export const apiKeySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** The bound of what it may do. */
    role: roleSchema,
    scopes: z.array(scopeSchema),
    prefix: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

export const createApiKeySchema = z.object({
  name: nameSchema,
  role: roleSchema,
  /** Of those that the role bears; without them, all of those. */
  scopes: z.array(scopeSchema).min(1).max(scopes.length).optional(),
});
/** `key` is shown this once and never again. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });

/** Whether the set-up page still waits for its one-time code. */
export const setupStateSchema = z.object({ needsSetup: z.boolean() });
export const setupSchema = z.object({
  code: z.string().min(1).max(100),
  workspaceName: nameSchema,
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  locale: localeSchema.default('pt-BR'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { message: 'unknown time zone' })
    .default('America/Sao_Paulo'),
});

/** Codes of refusals that this feature answers. */
export const accountErrorCodes = [
  'unauthenticated',
  'forbidden',
  'foreign-origin',
  'too-many-attempts',
  'invalid-credentials',
  'member-not-found',
  'last-administrator',
  'email-taken',
  'api-key-not-found',
  'scope-beyond-role',
  'setup-closed',
  'wrong-setup-code',
  'reset-link-invalid',
  'wrong-password',
  'member-of-other-workspace',
] as const;

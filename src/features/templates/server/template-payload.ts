import { z } from 'zod';
import type { OutboundTemplate, TemplateHeaderFilling } from '#channels/channel.ts';
import { type SentTemplate, sentTemplateSchema } from '../contract.ts';

const valueSchema = z.object({ name: z.string().exactOptional(), text: z.string() });

/** What is stored with a message that was made of a template: what it shows, and what filled its gaps. */
export const templatePayloadSchema = z.object({
  template: sentTemplateSchema,
  filling: z.object({
    header: z.array(valueSchema),
    body: z.array(valueSchema),
    buttons: z.array(
      z.object({
        index: z.number().int(),
        kind: z.enum(['url', 'copy-code']),
        value: z.string(),
      }),
    ),
  }),
});
export type TemplatePayload = z.infer<typeof templatePayloadSchema>;

/** What a stored message shows; null for one that was made elsewhere (the phone app), of which we know the name only. */
export const shownTemplate = (payload: unknown): SentTemplate | null =>
  templatePayloadSchema.safeParse(payload).data?.template ?? null;

interface HeaderFile {
  readonly providerMediaId: string | null;
  readonly fileName: string | null;
}

/** Whether the header of a stored message is a file. */
export const needsFile = (payload: unknown): boolean => {
  const kind = shownTemplate(payload)?.header.kind;
  return kind === 'image' || kind === 'video' || kind === 'document';
};

const headerOf = (
  { template: { header }, filling }: TemplatePayload,
  file: HeaderFile | undefined,
): TemplateHeaderFilling => {
  switch (header.kind) {
    case 'none':
      return { kind: 'none' };
    case 'text':
      return { kind: 'text', values: filling.header };
    case 'location': {
      const { latitude = 0, longitude = 0, name = null, address = null } = header.location ?? {};
      return {
        kind: 'location',
        latitude,
        longitude,
        ...(name === null ? {} : { name }),
        ...(address === null ? {} : { address }),
      };
    }
    default:
      return {
        kind: header.kind,
        mediaId: file?.providerMediaId ?? '',
        ...(file?.fileName == null ? {} : { fileName: file.fileName }),
      };
  }
};

/**
 * What leaves of a stored message.
 * @throws Error when it holds no template of ours
 */
export const outboundTemplate = (
  stored: unknown,
  file: HeaderFile | undefined,
): OutboundTemplate => {
  const payload = templatePayloadSchema.parse(stored);
  return {
    kind: 'template',
    name: payload.template.name,
    language: payload.template.language,
    header: headerOf(payload, file),
    body: payload.filling.body,
    buttons: payload.filling.buttons,
  };
};

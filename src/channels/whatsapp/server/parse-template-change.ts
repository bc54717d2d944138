import type { InboundItem } from '../../channel.ts';
import { type ChannelIds, counted } from './parse-context.ts';
import { categoryOfTemplate, qualityOfTemplate, statusOfTemplate } from './template-words.ts';
import { asId, present, type Wire } from './wire.ts';

/** What a change says in words we know; a state we do not know is left to the read that follows. */
export const parseTemplateChange = (
  field: string,
  value: Wire,
  receiver: ChannelIds,
): InboundItem[] => {
  const externalId = asId(value['message_template_id'], 200);
  if (externalId === undefined) {
    return [counted(receiver, `${field.replaceAll('_', '-')}-without-target`)];
  }
  const { workspaceId, channelId } = receiver;
  const news = present({
    status:
      field === 'message_template_status_update' ? statusOfTemplate(value['event']) : undefined,
    category:
      field === 'template_category_update' ? categoryOfTemplate(value['new_category']) : undefined,
    quality:
      field === 'message_template_quality_update'
        ? qualityOfTemplate(value['new_quality_score'])
        : undefined,
  });
  return [{ type: 'template-change', workspaceId, channelId, externalId, ...news }];
};

import { tellAccount } from '../inject/tell-account.ts';
import type { World } from '../state/world.ts';
import type { Template, TemplateStatus } from './template.ts';

/** Changes the status and tells it, as a review or a drop in quality does. */
export function changeTemplateStatus(
  world: World,
  template: Template,
  status: TemplateStatus,
  reason: string | null = null,
): void {
  template.status = status;
  template.rejectedReason = status === 'REJECTED' ? (reason ?? 'INVALID_FORMAT') : null;
  const isPaused = status === 'PAUSED';
  tellAccount(world, template.wabaId, {
    field: 'message_template_status_update',
    title: `modelo ${template.name}: ${status}`,
    value: {
      event: status,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason: reason ?? (status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE'),
      ...(isPaused ? { other_info: { title: 'FIRST_PAUSE', description: 'Low quality' } } : {}),
    },
  });
}

/** Changes the category and tells it. */
export function changeTemplateCategory(
  world: World,
  template: Template,
  category: Template['category'],
): void {
  const previous = template.category;
  template.category = category;
  tellAccount(world, template.wabaId, {
    field: 'template_category_update',
    title: `modelo ${template.name}: ${category}`,
    value: {
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      previous_category: previous,
      new_category: category,
    },
  });
}

/** Changes the quality and tells it. */
export function changeTemplateQuality(
  world: World,
  template: Template,
  quality: Template['quality'],
): void {
  const previous = template.quality;
  template.quality = quality;
  tellAccount(world, template.wabaId, {
    field: 'message_template_quality_update',
    title: `modelo ${template.name}: qualidade ${quality}`,
    value: {
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      previous_quality_score: previous,
      new_quality_score: quality,
    },
  });
}

/** What a browser may draw or play by itself; everything else must be saved (src/features/media/README.md). */
const mayBeShown = /^(image\/(jpeg|png|webp|gif)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

/** @returns why what was served could act as a page; undefined when it could not */
export const whyUnsafe = (headers: Headers): string | undefined => {
  const type = headers.get('content-type') ?? 'none';
  const disposition = headers.get('content-disposition') ?? '';
  if (headers.get('x-content-type-options') !== 'nosniff') {
    return `${type} without nosniff`;
  }
  if (!/\bsandbox\b/.test(headers.get('content-security-policy') ?? '')) {
    return `${type} without a sandbox`;
  }
  const isSaved = disposition.startsWith('attachment') && type === 'application/octet-stream';
  return isSaved || (mayBeShown.test(type) && disposition.startsWith('inline'))
    ? undefined
    : `${type}, ${disposition.split(';')[0] ?? ''}`;
};

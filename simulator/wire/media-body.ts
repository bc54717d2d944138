/** A file as an inbound message names it. */
export interface WireFile {
  kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  id: string;
  mimeType: string;
  /** Base64. */
  sha256: string;
  fileName: string | null;
  isVoice: boolean;
  isAnimated: boolean;
  url: string | null;
}

type Body = Record<string, unknown>;

function extrasOf(file: WireFile, caption: Body): Body {
  switch (file.kind) {
    case 'audio':
      return { voice: file.isVoice };
    case 'sticker':
      return { animated: file.isAnimated };
    case 'document':
      return { ...(file.fileName === null ? {} : { filename: file.fileName }), ...caption };
    default:
      return caption;
  }
}

/** `type` and the object of a file. */
export function mediaBody(file: WireFile, text: string | undefined): Body {
  const caption = text === undefined || text === '' ? {} : { caption: text };
  return {
    type: file.kind,
    [file.kind]: {
      mime_type: file.mimeType,
      sha256: file.sha256,
      id: file.id,
      ...(file.url === null ? {} : { url: file.url }),
      ...extrasOf(file, caption),
    },
  };
}

/** A file over 100 MB: the message is told, the file is not. */
export function oversizeBody(kind: WireFile['kind']): Body {
  const title = 'Media download error';
  return {
    type: kind,
    errors: [
      {
        code: 131052,
        title,
        message: title,
        error_data: { details: 'The file is larger than 100 MB' },
      },
    ],
  };
}

import type { ReactNode } from 'react';
import { FormattedText } from '#platform/web/formatted-text.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Message } from '../../../contract.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { useIsRevealed } from '../../data/revealed.ts';
import { type Box, boxOf } from './box-size.ts';
import { CoveredFile, CoverLine } from './cover.tsx';
import { DocumentRow } from './document-row.tsx';
import { isHidden } from './hold-media.ts';
import { isMediaMessage, isVisualKind, type MediaMessage } from './media-kinds.ts';
import { MissingFile } from './media-state.tsx';
import { Picture } from './picture.tsx';
import { SoundRow } from './sound-row.tsx';
import { UploadLine } from './upload-line.tsx';

/** A sticker stands by itself, without a bubble round it. */
export const isBare = (message: Message): boolean =>
  message.type === 'sticker' && isMediaMessage(message) && message.status !== 'failed';

/** The file of a message, its caption, and time and ticks where they belong. */
export function MediaBody({ message, meta }: { message: MediaMessage; meta: ReactNode }) {
  const { type } = message;
  const isShown = useIsRevealed(message.id);
  const isCovered = isHidden(message, isShown);
  const box = boxOf(message, bubbleKey(message.id));
  if (box && isVisualKind(type)) {
    return (
      <VisualBody box={box} isBare={isBare(message)}>
        <Picture message={message} kind={type} box={box} />
        <Below message={message} meta={meta} />
      </VisualBody>
    );
  }
  const own = message.text ? null : (
    <>
      <UploadLine message={message} />
      {meta}
    </>
  );
  return (
    <>
      {isCovered ? (
        <CoveredFile message={message} meta={own} />
      ) : message.media.state !== 'ready' ? (
        <MissingRow message={message} meta={own} />
      ) : type === 'document' ? (
        <DocumentRow message={message} meta={own} />
      ) : (
        <SoundRow message={message} meta={own} />
      )}
      {message.text && <Below message={message} meta={meta} />}
      <CoverLine message={message} canHide />
    </>
  );
}

/** The bubble is as wide as the picture, however long the caption. */
const VisualBody = ({
  box,
  isBare: isAlone,
  children,
}: {
  box: Box;
  isBare: boolean;
  children: ReactNode;
}) => (
  <span
    className={isAlone ? 'block' : '-mx-2 -mt-1 block max-w-[calc(100%+1rem)]'}
    style={{ width: box.width }}
  >
    {children}
  </span>
);

const MissingRow = ({ message, meta }: { message: MediaMessage; meta: ReactNode }) => (
  <span
    className="block w-[300px] max-w-full"
    data-media={message.type}
    data-state={message.media.state}
  >
    <MissingFile message={message} />
    {meta && <span className="flow-root">{meta}</span>}
  </span>
);

function Below({ message, meta }: { message: MediaMessage; meta: ReactNode }) {
  const isVisual = isVisualKind(message.type);
  return (
    <span className={isVisual ? 'block px-2 pt-1' : 'mt-1 block'}>
      <UploadLine message={message} />
      {isVisual && <CoverLine message={message} />}
      <span
        // One line of caption finds its room taken, so that what was covered does not move when it is shown.
        className={cx('flow-root whitespace-pre-wrap', message.media.isCovered && 'min-h-[1lh]')}
        {...(message.text && { 'data-testid': 'message-text' })}
      >
        {message.text && <FormattedText text={message.text} />}
        {meta}
      </span>
    </span>
  );
}

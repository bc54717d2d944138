import { Fragment } from 'react';

const address = /https?:\/\/[^\s<>"']+/g;
// Only from where they begin: tried from each of them, a long row would take the square of its length.
const trailing = /(?<![.,;:!?)\]}])[.,;:!?)\]}]+$/;

interface Piece {
  key: number;
  text: string;
  isLink: boolean;
}

/** Splits a text into plain pieces and web addresses; a full stop after an address is not part of it. */
export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(address)) {
    const url = found[0].replace(trailing, '');
    if (found.index > at)
      pieces.push({ key: at, text: text.slice(at, found.index), isLink: false });
    pieces.push({ key: found.index, text: url, isLink: true });
    at = found.index + url.length;
  }
  if (at < text.length) pieces.push({ key: at, text: text.slice(at), isLink: false });
  return pieces;
}

/** What a stranger sent: text, and addresses that open apart and tell nobody where they were pressed. */
export function LinkedText({ text }: { text: string }) {
  return linkPieces(text).map((piece) =>
    piece.isLink ? (
      <a
        key={piece.key}
        href={piece.text}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-ink underline underline-offset-2"
      >
        {piece.text}
      </a>
    ) : (
      <Fragment key={piece.key}>{piece.text}</Fragment>
    ),
  );
}

/** What WhatsApp makes of the signs in a text; the signs themselves are not shown. */
export type Mark = 'bold' | 'italic' | 'strike';

/** A part of a line. `mono` may go over several lines. */
export type Inline =
  | { kind: 'text' | 'link' | 'code' | 'mono'; text: string }
  | { kind: Mark; parts: Inline[] };

export interface Line {
  /** What stands before an item of a numbered list. */
  number?: number;
  parts: Inline[];
}

export type BlockKind = 'plain' | 'quote' | 'bullets' | 'numbers';

/** Lines that stand next to each other and are of one kind. */
export interface Block {
  kind: BlockKind;
  lines: Line[];
}

const marks: Readonly<Record<string, Mark>> = { '*': 'bold', _: 'italic', '~': 'strike' };
const fence = '```';
const word = /[\p{L}\p{M}\p{N}]/u;
const space = /\s/;
const isWord = (char: string): boolean => word.test(char);
const isSpace = (char: string): boolean => char === '' || space.test(char);

interface Frame {
  sign: string;
  parts: Inline[];
}

/** Text beside text is one part. */
const addText = (parts: Inline[], text: string): void => {
  const last = parts.at(-1);
  if (last?.kind === 'text') last.text += text;
  else if (text !== '') parts.push({ kind: 'text', text });
};

const addAll = (parts: Inline[], more: readonly Inline[]): void => {
  for (const part of more) {
    if (part.kind === 'text') addText(parts, part.text);
    else parts.push(part);
  }
};

/** Signs that were opened and are closed in the order that they close; what is never closed is text. */
class OpenMarks {
  readonly parts: Inline[] = [];
  private readonly frames: Frame[] = [];

  get top(): Inline[] {
    return this.frames.at(-1)?.parts ?? this.parts;
  }

  has(sign: string): boolean {
    return this.frames.some((frame) => frame.sign === sign);
  }

  open(sign: string): void {
    this.frames.push({ sign, parts: [] });
  }

  close(sign: string, kind: Mark): void {
    for (let frame = this.frames.pop(); frame; frame = this.frames.pop()) {
      if (frame.sign === sign) {
        this.top.push({ kind, parts: frame.parts });
        return;
      }
      this.giveUp(frame);
    }
  }

  end(): Inline[] {
    for (let frame = this.frames.pop(); frame; frame = this.frames.pop()) this.giveUp(frame);
    return this.parts;
  }

  private giveUp({ sign, parts }: Frame): void {
    addText(this.top, sign);
    addAll(this.top, parts);
  }
}

/** A sign opens after what is no word and before something; it closes the other way round. Of a row of them only the inner one. */
const takeMark = (text: string, at: number, open: OpenMarks): void => {
  const sign = text.charAt(at);
  const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
  const kind = marks[sign];
  if (kind && open.has(sign) && !isSpace(before) && before !== sign && !isWord(after)) {
    open.close(sign, kind);
  } else if (!open.has(sign) && !isWord(before) && !isSpace(after) && after !== sign) {
    open.open(sign);
  } else {
    addText(open.top, sign);
  }
};

const isTrailing = (char: string, open: OpenMarks): boolean =>
  /[.,;:!?)\]}]/.test(char) || (char in marks && open.has(char));

/** A full stop after an address is not part of it, nor the sign that closes what was opened before it. */
const addressEnd = (text: string, from: number, to: number, open: OpenMarks): number => {
  let end = to;
  while (end > from && isTrailing(text.charAt(end - 1), open)) end--;
  return end;
};

/** Where the piece that begins with this sign ends, and is taken as it is; undefined where there is none. */
const codeEnd = (text: string, at: number, sign: string): number | undefined => {
  const begin = at + sign.length;
  const end = text.indexOf(sign, begin);
  return end < 0 || text.slice(begin, end).trim() === '' ? undefined : end + sign.length;
};

const takeCode = (text: string, at: number, sign: string, open: OpenMarks): number => {
  const end = codeEnd(text, at, sign);
  if (end === undefined) {
    addText(open.top, sign);
    return at + sign.length;
  }
  const kind = sign === fence ? 'mono' : 'code';
  open.top.push({ kind, text: text.slice(at + sign.length, end - sign.length) });
  return end;
};

/** Each of them is looked at once, so that no text of a stranger takes long. */
const inlineOf = (text: string): Inline[] => {
  const open = new OpenMarks();
  const special = /```|`[^`\n]+`|https?:\/\/[^\s<>"']+|[*_~]/g;
  let at = 0;
  for (let found = special.exec(text); found; found = special.exec(text)) {
    const [[piece], from] = [found, found.index];
    addText(open.top, text.slice(at, from));
    if (piece.startsWith('`')) {
      at = takeCode(text, from, piece === fence ? fence : '`', open);
    } else if (piece in marks) {
      takeMark(text, from, open);
      at = from + 1;
    } else {
      at = addressEnd(text, from, from + piece.length, open);
      open.top.push({ kind: 'link', text: text.slice(from, at) });
    }
    special.lastIndex = at;
  }
  addText(open.top, text.slice(at));
  return open.end();
};

/** Lines of a text; what stands between two fences is not taken apart. */
const linesOf = (text: string): string[] => {
  const lines: string[] = [];
  let [begin, at] = [0, 0];
  const stop = /\n|```/g;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === '\n') {
      lines.push(text.slice(begin, found.index));
      begin = found.index + 1;
    } else {
      at = codeEnd(text, found.index, fence) ?? found.index + fence.length;
      stop.lastIndex = at;
    }
  }
  lines.push(text.slice(begin));
  return lines;
};

const readLine = (line: string): { kind: BlockKind; line: Line } => {
  const [, lead = '', number] = /^(> |[*-] |(\d{1,3})\. )(?=\S)/.exec(line) ?? [];
  const parts = inlineOf(line.slice(lead.length));
  if (number !== undefined) return { kind: 'numbers', line: { number: Number(number), parts } };
  if (lead === '') return { kind: 'plain', line: { parts } };
  return { kind: lead === '> ' ? 'quote' : 'bullets', line: { parts } };
};

/** Reads a text as WhatsApp shows it: bold, italic, struck out, monospaced, quotes, lists, and web addresses. Pure. */
export const readFormatted = (text: string): Block[] => {
  const blocks: Block[] = [];
  for (const each of linesOf(text)) {
    const { kind, line } = readLine(each);
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks;
};

const wordsOf = (parts: readonly Inline[]): string =>
  parts.map((part) => ('parts' in part ? wordsOf(part.parts) : part.text)).join('');

const leadOf = ({ kind }: Block, { number }: Line): string => {
  if (kind === 'bullets') return '• ';
  return number === undefined ? '' : `${number}. `;
};

/** The words alone, for one line of a list: without the signs that WhatsApp does not show. Pure. */
export const plainWords = (text: string): string =>
  /[*_~`]|^(?:> |- )/m.test(text)
    ? readFormatted(text)
        .flatMap((block) => block.lines.map((line) => leadOf(block, line) + wordsOf(line.parts)))
        .join('\n')
    : text;

import { createElement, Fragment, type ReactNode } from 'react';
import {
  type Block,
  type Inline,
  type Line,
  type Mark,
  readFormatted,
} from '#platform/shared/formatted-text.ts';

const tags: Readonly<Record<Mark, string>> = { bold: 'strong', italic: 'em', strike: 's' };

const code = 'font-mono text-[0.92em]';

const inline = (part: Inline): ReactNode => {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'link':
      return (
        <a
          href={part.text}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent-ink underline underline-offset-2"
        >
          {part.text}
        </a>
      );
    case 'mono':
      return <code className={code}>{part.text}</code>;
    case 'code':
      return <code className={`${code} rounded-small bg-hover px-1 py-px`}>{part.text}</code>;
    default:
      return createElement(tags[part.kind], null, ...part.parts.map(inline));
  }
};

const item = ({ number, parts }: Line): ReactNode =>
  createElement('li', number === undefined ? null : { value: number }, ...parts.map(inline));

/** Text beside text is one node: a text of a thousand lines is not a thousand of them. */
const joined = (parts: readonly ReactNode[]): ReactNode[] => {
  const nodes: ReactNode[] = [];
  for (const part of parts) {
    const last = nodes.at(-1);
    if (typeof part === 'string' && typeof last === 'string') nodes[nodes.length - 1] = last + part;
    else nodes.push(part);
  }
  return nodes;
};

/** Lines are kept apart by line breaks; one at the very end would not be seen. */
const lined = (lines: readonly Line[], isLast: boolean): ReactNode[] => {
  const shown = lines.flatMap(({ parts }, at) => [...(at > 0 ? ['\n'] : []), ...parts.map(inline)]);
  const isBareEnd = lines.at(-1)?.parts.length === 0 && !isLast;
  return joined(isBareEnd ? [...shown, '\n'] : shown);
};

const looks = {
  quote: 'my-0.5 border-l-[3px] border-control-line pl-2 text-ink-soft',
  bullets: 'list-disc pl-6',
  numbers: 'list-decimal',
};

const blockOf = ({ kind, lines }: Block, isLast: boolean): ReactNode => {
  switch (kind) {
    case 'plain':
      return createElement(Fragment, null, ...lined(lines, isLast));
    case 'quote':
      return createElement('blockquote', { className: looks.quote }, ...lined(lines, true));
    case 'bullets':
      return createElement('ul', { className: looks.bullets }, ...lines.map(item));
    case 'numbers': {
      const digits = Math.max(...lines.map(({ number = 0 }) => String(number).length));
      const room = { paddingLeft: `${digits + 1.6}ch` };
      return createElement('ol', { className: looks.numbers, style: room }, ...lines.map(item));
    }
  }
};

/**
 * A text as WhatsApp shows it, where white space is kept. Of what strangers wrote only text is drawn, and addresses that
 * open apart and tell nobody where they were pressed.
 */
export function FormattedText({ text }: { text: string }) {
  const blocks = readFormatted(text);
  return createElement(
    Fragment,
    null,
    ...blocks.map((block, at) => blockOf(block, at === blocks.length - 1)),
  );
}

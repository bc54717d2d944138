import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Block, Inline } from './article.ts';

const linkClass = 'text-accent-ink underline underline-offset-2';

/** An address of the help as the router has it. */
const partsOf = (to: string) => {
  const [path = '', hash] = to.replace('/ajuda/', '').split('#');
  return { params: { slug: path }, ...(hash !== undefined && { hash }) };
};

function Leads({ to, children }: { to: string; children: ReactNode }) {
  if (to.startsWith('/ajuda/')) {
    return (
      <Link to="/ajuda/$slug" {...partsOf(to)} className={linkClass}>
        {children}
      </Link>
    );
  }
  return (
    <a href={to} target="_blank" rel="noopener noreferrer" className={linkClass}>
      {children}
    </a>
  );
}

/** What never changes place may go by its place. */
const placed = <T,>(things: readonly T[], draw: (thing: T) => ReactNode): ReactNode =>
  things.map((thing, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an article stay where they are
    <Fragment key={place}>{draw(thing)}</Fragment>
  ));

function Words({ content }: { content: readonly Inline[] }) {
  return placed(content, (one) => {
    if (typeof one === 'string') return one;
    if (one.kind === 'code') return <code className="font-mono text-[0.9em]">{one.text}</code>;
    const words = <Words content={one.content} />;
    if (one.kind === 'link') return <Leads to={one.to}>{words}</Leads>;
    return one.kind === 'strong' ? (
      <strong className="font-semibold">{words}</strong>
    ) : (
      <em>{words}</em>
    );
  });
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2
          id={block.id}
          tabIndex={-1}
          className="mt-4 scroll-mt-4 text-section font-semibold outline-none first:mt-0"
        >
          <Words content={block.content} />
        </h2>
      );
    case 'subheading':
      return (
        <h3 className="mt-2 font-semibold">
          <Words content={block.content} />
        </h3>
      );
    case 'paragraph':
      return (
        <p>
          <Words content={block.content} />
        </p>
      );
    case 'list':
      return <Items block={block} />;
    case 'picture':
      return (
        <img
          src={block.source}
          alt={block.words}
          // Taken on a screen of two dots a point.
          width={block.width / 2}
          height={block.height / 2}
          loading="lazy"
          className="h-auto max-w-full self-start rounded-card border border-hairline"
        />
      );
  }
}

function Items({ block }: { block: Extract<Block, { kind: 'list' }> }) {
  const items = placed(block.items, (item) => (
    <li className="pl-1">
      <ArticleBody blocks={item} />
    </li>
  ));
  const className = 'flex flex-col gap-2 pl-5 marker:text-ink-faint';
  return block.isOrdered ? (
    <ol className={`list-decimal ${className}`}>{items}</ol>
  ) : (
    <ul className={`list-disc ${className}`}>{items}</ul>
  );
}

/** Draws what an article is made of, and can draw nothing else. */
export function ArticleBody({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="flex flex-col gap-3 text-message leading-[1.55]">
      {placed(blocks, (block) => (
        <Part block={block} />
      ))}
    </div>
  );
}

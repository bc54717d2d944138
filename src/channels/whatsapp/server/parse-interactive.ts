import { cleanText, longestDetail, longestText, type Marks } from './clean-text.ts';
import { type Body, bodyOf } from './message-body.ts';
import { readFlowAnswers } from './read-flow-answers.ts';
import { asInteger, asList, asSlug, asWire, present, type Wire } from './wire.ts';

const readFlowReply = (reply: Wire, marks: Marks): Body =>
  bodyOf('flow-reply', cleanText(reply['body'], longestText, marks), {
    name: cleanText(reply['name'], longestDetail, marks),
    answers: readFlowAnswers(reply['response_json'], marks),
  });

const readCallPermission = (reply: Wire): Body =>
  bodyOf('interactive', undefined, {
    type: 'call-permission',
    answer: asSlug(reply['response']),
    expiresAt: asInteger(reply['expiration_timestamp']),
  });

const mostShown = 10;

/** What our own side showed with a text: words only. */
const readShown = (part: Wire, marks: Marks): Wire => {
  const short = (value: unknown) => cleanText(value, 256, marks);
  const action = asWire(part['action']);
  const list = (value: unknown) => asList(value).slice(0, mostShown).map(asWire);
  const around = {
    header: short(asWire(part['header'])['text']),
    footer: short(asWire(part['footer'])['text']),
  };
  if (part['type'] === 'button') {
    const buttons = list(action['buttons']).map(({ reply }) =>
      present({ title: short(asWire(reply)['title']) }),
    );
    return { ...around, buttons };
  }
  if (part['type'] === 'list') {
    const sections = list(action['sections']).map(({ title, rows }) =>
      present({
        title: short(title),
        rows: list(rows).map((row) =>
          present({ title: short(row['title']), description: short(row['description']) }),
        ),
      }),
    );
    return { ...around, button: short(action['button']), sections };
  }
  return {};
};

/**
 * Answers to buttons, lists, flows and call requests; also, in echoes and imports, what our own side sent with them.
 * A kind that is not known keeps its name and the text it shows.
 */
export const readInteractive = (part: Wire, marks: Marks): Body => {
  const type = part['type'];
  const button = asWire(part['button_reply']);
  const row = asWire(part['list_reply']);
  switch (type) {
    case 'button_reply':
      return bodyOf('button-reply', cleanText(button['title'], longestText, marks), {
        id: cleanText(button['id'], longestDetail, marks),
      });
    case 'list_reply':
      return bodyOf('list-reply', cleanText(row['title'], longestText, marks), {
        id: cleanText(row['id'], longestDetail, marks),
        description: cleanText(row['description'], longestDetail, marks),
      });
    case 'nfm_reply':
      return readFlowReply(asWire(part['nfm_reply']), marks);
    case 'call_permission_reply':
      return readCallPermission(asWire(part['call_permission_reply']));
    default:
      return bodyOf('interactive', cleanText(asWire(part['body'])['text'], longestText, marks), {
        type: asSlug(type),
        ...readShown(part, marks),
      });
  }
};

import { cleanText, longestDetail, type Marks } from './clean-text.ts';
import { isWire, type Wire } from './wire.ts';

/** Of the text that a form's answers come as; longer ones are read as far as nothing of them is parsed. */
const longestJson = 65_536;
const mostAnswers = 50;
const deepest = 4;

/** Not an answer: by it whoever made the form knows which one it was. */
const token = 'flow_token';

/** What a person chose or wrote, in one line; a file by its name. */
const lineOf = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (depth >= deepest) {
    return '';
  }
  const several = Array.isArray(value) ? value : Object.values(isWire(value) ? value : {});
  const name = isWire(value) ? value['file_name'] : undefined;
  return typeof name === 'string'
    ? name
    : several
        .slice(0, mostAnswers)
        .map((one) => lineOf(one, depth + 1))
        .filter((line) => line !== '')
        .join(', ');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The answers of a form: its `response_json` is a text that holds JSON of the form's own making (API sheet 4.5). One that is
 * none is kept as the one answer that it is. Never throws.
 */
export const readFlowAnswers = (responseJson: unknown, marks: Marks): Wire[] | undefined => {
  if (typeof responseJson !== 'string' || responseJson === '') {
    return undefined;
  }
  const form = responseJson.length <= longestJson ? parsed(responseJson) : undefined;
  if (!isWire(form)) {
    return [{ value: cleanText(responseJson, 4 * longestDetail, marks) }];
  }
  return Object.entries(form)
    .filter(([key]) => key !== token)
    .slice(0, mostAnswers)
    .map(([key, value]) => ({
      key: cleanText(key, 256, marks),
      value:
        typeof value === 'boolean' ? value : cleanText(lineOf(value), 4 * longestDetail, marks),
    }));
};

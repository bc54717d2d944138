import { describe, expect, it } from 'vitest';
import { isDatabaseAwayError, isDataError, isRetryableTransactionError } from './errors.ts';

const withCode = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('a database that is away', () => {
  it.each([
    ...['08000', '08006', '57P01', '57P03', '53300', '53100', 'ECONNREFUSED', 'ECONNRESET'],
    ...['EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ])('is told by %s', (code) => {
    expect(isDatabaseAwayError(withCode(code))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
  ])('is told by pg: %s', (message) => {
    expect(isDatabaseAwayError(new Error(message))).toBe(true);
  });

  it.each(['53200', '53400', '57014', '40001', '23505', '22021', 'P0001', 'XX000'])(
    'is not what %s tells',
    (code) => {
      expect(isDatabaseAwayError(withCode(code))).toBe(false);
    },
  );

  it('is not a mistake of our own that speaks of a connection', () => {
    const mistake = new TypeError("Cannot read properties of undefined (reading 'connection')");
    expect(isDatabaseAwayError(mistake)).toBe(false);
    expect(isDatabaseAwayError('Connection terminated')).toBe(false);
  });
});

describe('what is worth repeating', () => {
  it.each(['40P01', '40001', '55P03', '57014', '25P03'])('is %s', (code) => {
    expect(isRetryableTransactionError(withCode(code))).toBe(true);
  });

  it.each(['23505', '53200', '57P01'])('is not %s', (code) => {
    expect(isRetryableTransactionError(withCode(code))).toBe(false);
  });
});

describe('a fault of the data', () => {
  it.each(['22001', '22021', '23514', '54000'])('is %s', (code) => {
    expect(isDataError(withCode(code))).toBe(true);
  });

  it.each(['40P01', '53200', '42703', 'P0001', 'GT001', 'EINVAL22'])('is not %s', (code) => {
    expect(isDataError(withCode(code))).toBe(false);
  });

  it('is not one of our own mistakes', () => {
    expect(isDataError(new TypeError('x'))).toBe(false);
  });
});

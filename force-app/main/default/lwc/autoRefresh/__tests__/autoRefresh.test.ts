import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { refreshWhileVisible } from 'c/autoRefresh';

let hidden = false;
const setHidden = (value: boolean) => {
  hidden = value;
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  jest.useFakeTimers();
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
});

afterEach(() => {
  hidden = false;
  jest.useRealTimers();
});

it('refreshes round after round until it is stopped', async () => {
  const refresh = jest.fn(() => Promise.resolve());
  const stop = refreshWhileVisible(refresh, 1000);
  await jest.advanceTimersByTimeAsync(3500);
  expect(refresh).toHaveBeenCalledTimes(3);
  stop();
  await jest.advanceTimersByTimeAsync(5000);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it('waits for an answer before it asks again', async () => {
  let answer = () => {};
  const refresh = jest.fn(() => new Promise<void>((resolve) => (answer = resolve)));
  const stop = refreshWhileVisible(refresh, 1000);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(refresh).toHaveBeenCalledTimes(1);
  answer();
  await jest.advanceTimersByTimeAsync(1000);
  expect(refresh).toHaveBeenCalledTimes(2);
  stop();
});

it('goes on after a failure', async () => {
  const refresh = jest.fn(() => Promise.reject(new Error('offline')));
  const stop = refreshWhileVisible(refresh, 1000);
  await jest.advanceTimersByTimeAsync(2500);
  expect(refresh).toHaveBeenCalledTimes(2);
  stop();
});

it('asks nothing while nobody looks, and at once when somebody looks again', async () => {
  const refresh = jest.fn(() => Promise.resolve());
  const stop = refreshWhileVisible(refresh, 1000);
  setHidden(true);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(refresh).not.toHaveBeenCalled();
  setHidden(false);
  await jest.advanceTimersByTimeAsync(0);
  expect(refresh).toHaveBeenCalledTimes(1);
  stop();
});

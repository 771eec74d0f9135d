import { expect, it } from '@jest/globals';
import { edit, historyOf, redo, undo } from 'c/editHistory';

const SLOWLY = 10_000;
const written = (...words: string[]) =>
  words.reduce((history, word, index) => edit(history, word, (index + 1) * SLOWLY), historyOf('start'));

it('goes back step by step and forward again', () => {
  let history = undo(written('one', 'two'));
  expect(history.present).toBe('one');
  history = undo(history);
  expect(history.present).toBe('start');
  expect(undo(history)).toBe(history);
  history = redo(redo(history));
  expect(history.present).toBe('two');
  expect(redo(history)).toBe(history);
});

it('takes what follows quickly, as typing does, as one step', () => {
  let history = edit(historyOf(''), 'a', 1000);
  history = edit(history, 'ab', 1500);
  history = edit(history, 'abc', 2200);
  expect(undo(history).present).toBe('');
  expect(undo(edit(history, 'abcd', 9000)).present).toBe('abc');
});

it('begins a new step after undo, however soon', () => {
  const back = undo(written('one', 'two'));
  const other = edit(back, 'three', 2 * SLOWLY + 1);
  expect(undo(other).present).toBe('one');
  expect(redo(other)).toBe(other);
});

it('forgets what lies hundreds of steps back', () => {
  let history = written(...Array.from({ length: 1000 }, (_, number) => String(number)));
  for (let steps = 0; steps < 1000; steps += 1) history = undo(history);
  expect(history.present).toBe('799');
});

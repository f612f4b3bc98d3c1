/** 10 columns: 4 texts, 3 doubles, 2 integers, a boolean. The Python side makes the same. */
export const rowAt = (n: number) => ({
  question: `What is the answer to question number ${n}?`,
  answer: `It is ${n * 7}, and no other`,
  topic: `topic ${n % 17}`,
  city: `Zoë ${n % 977}`,
  score: n / 7,
  weight: (n % 1009) / 3,
  ratio: 1 / (n + 1),
  rank: n,
  votes: (n * 31) % 100_003,
  hard: n % 3 === 0,
});

export function* rowsUpTo(count: number) {
  for (let n = 0; n < count; n++) yield rowAt(n);
}

/** What is under test: it would call a model; here it knows a few movies' directors by heart. */
const DIRECTORS = { Alien: "Ridley Scott", Heat: "Michael Mann", Jaws: "Steven Spielberg" };

/** @param {string} title */
export const answer = async (title) => DIRECTORS[title] ?? "I don't know";

/** A message that AX would have sent by e-mail. `token` is what its link carries; it is kept here, in memory, and nowhere else. */
export interface Mail {
  to: string;
  kind: "invitation" | "password_reset";
  token: string;
  /** ms since the epoch */
  at: number;
}

const KEPT = 1000;

/** No mail leaves the platform: it lies here for tests and for whoever runs it, newest last. */
export class Outbox {
  readonly #mails: Mail[] = [];

  send(mail: Mail): void {
    this.#mails.push(mail);
    if (this.#mails.length > KEPT) this.#mails.shift();
  }

  to(email: string): Mail[] {
    return this.#mails.filter((mail) => mail.to.toLowerCase() === email.toLowerCase());
  }
}

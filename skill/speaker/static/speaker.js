// The little API of this machine's speaker.
export class Gone extends Error {}

export class Speaker {
  room = null;
  #queue = Promise.resolve();

  async join(locale, screen) {
    if (this.room) this.leave(null);
    const joined = await this.#post("/api/rooms", JSON.stringify({ locale, screen }));
    this.room = joined.room;
    return joined;
  }

  say(words, at) {
    return this.#ask("say", { words, at });
  }

  time(at) {
    return this.#ask("time", { at });
  }

  // Pieces of sound go one after the other.
  sound(samples, isFirst, mayEnd) {
    const marks = [isFirst && "first", mayEnd && "may-end"].filter(Boolean).join("&");
    const address = `/api/rooms/${this.room}/sound?${marks}`;
    this.#queue = this.#queue.then(() => this.#post(address, samples.buffer)).catch(() => {});
  }

  async heard(at) {
    await this.#queue;
    return this.#ask("heard", { at });
  }

  leave(at) {
    // A beacon would not tell its origin, and be refused.
    if (this.room) {
      const said = { method: "POST", body: JSON.stringify({ at }), keepalive: true };
      fetch(`/api/rooms/${this.room}/leave`, said).catch(() => {});
    }
    this.room = null;
  }

  #ask(what, body) {
    return this.#post(`/api/rooms/${this.room}/${what}`, JSON.stringify(body));
  }

  async #post(address, body) {
    const response = await fetch(address, { method: "POST", body });
    if (response.status === 404) throw new Gone();
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }
}

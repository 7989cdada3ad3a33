/** A pack that came with the program's start or was let go over its first screen; whoever can open it takes it once. */
class Given {
  pack = $state("");

  take(): string {
    const pack = this.pack;
    this.pack = "";
    return pack;
  }
}

export const given = new Given();

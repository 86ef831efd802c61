package org.nnd.jupyter;

import java.util.Map;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;

/** Messages whose content is a map: JJava's own types lack fields that the protocol requires. */
final class Messages {
  private Messages() {}

  /** {@return a message of type {@code type} that answers {@code parent}} */
  @SuppressWarnings("unchecked") // the library serialises any object
  static Message<?> of(MessageContext parent, MessageType<?> type, Map<String, ?> content) {
    return new Message<>(parent, (MessageType<Object>) type, content);
  }
}

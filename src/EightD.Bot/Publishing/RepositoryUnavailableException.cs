namespace EightD.Bot.Publishing;

/// <summary>Git could not do its work now: it is not there, its files cannot be reached, or it took too long. Trying again may help.</summary>
/// <param name="message">Why, in a sentence or in git's own words.</param>
/// <param name="cause">What the system said; null where git itself said it.</param>
internal sealed class RepositoryUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
